import '@mantine/dates/styles.layer.css';
import { DateInput, type DateInputProps } from '@mantine/dates';
import IconCalendar from '@tabler/icons-react/dist/esm/icons/IconCalendar.mjs';

type Props = Omit<DateInputProps, 'value' | 'onChange'> & { day: string | null; onDay: (day: string | null) => void };

/** A day of the calendar, typed or picked. */
export function DayField({ day, onDay, ...rest }: Props) {
  return (
    <DateInput
      valueFormat="MMM D, YYYY"
      firstDayOfWeek={0}
      leftSection={<IconCalendar size={15} aria-hidden />}
      popoverProps={{ withinPortal: true }}
      {...rest}
      value={day}
      onChange={(value) => onDay(value === null || value === '' ? null : value.slice(0, 10))}
    />
  );
}
