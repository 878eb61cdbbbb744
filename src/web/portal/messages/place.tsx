import { publicId } from '../../../core/ids.ts';
import type { WritablePlace } from '../../../domain/messages/portal/portal.ts';
import type { Reader } from '../../ui/reader.ts';

export const placeValue = ({ customerId, propertyId }: WritablePlace): string =>
  propertyId === null ? publicId('customer', customerId) : publicId('property', propertyId);

/** The place a form named, if it is one of the reader's. */
export function placeNamed(places: readonly WritablePlace[], value: string): WritablePlace | undefined {
  return places.find((place) => placeValue(place) === value);
}

type Props = Readonly<{ reader: Reader; places: readonly WritablePlace[]; chosen: string; label?: string }>;

/** What it is about; nothing to choose with one place alone. */
export function PlaceField({ reader, places, chosen, label = reader.w.messages.about }: Props) {
  const { messages } = reader.w;
  const [only] = places;
  if (only !== undefined && places.length === 1) return <input type="hidden" name="place" value={placeValue(only)} />;
  return (
    <div className="field">
      <label htmlFor="place">
        <b>{label}</b>
      </label>
      <select id="place" name="place" defaultValue={chosen} aria-describedby="place-hint">
        {places.map((place) => (
          <option key={placeValue(place)} value={placeValue(place)}>
            {place.propertyId === null ? messages.wholeAccount(place.account) : place.title}
          </option>
        ))}
      </select>
      <small id="place-hint">{messages.seenBy}</small>
    </div>
  );
}
