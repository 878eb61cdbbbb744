import { Button, ColorInput, FileButton, MultiSelect, Select, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { isColor } from '../../../src/core/contrast.ts';
import { addressOf } from '../../api/client.ts';
import { settingsQuery } from '../../api/queries.ts';
import type { Settings } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { toast } from '../../parts/toast.ts';
import { languages } from '../customers/kinds.ts';
import { PreviewFrame } from '../editor/preview-frame.tsx';
import { SectionForm, useSection } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';

type Language = Settings['look']['defaultLanguage'];
const swatches = ['#1f5f4a', '#1d4ed8', '#0e7490', '#7c3aed', '#be185d', '#b91c1c', '#c2410c', '#a16207', '#374151'];

/** Logo, color and greeting, with a sample invoice beside that wears them at once. */
export function Look({ settings }: SectionProps) {
  const form = useSection(settings, 'look');
  const { value, set, problem } = form;
  const [speaking, setSpeaking] = useState<Language>(value.defaultLanguage);
  const [shown] = useDebouncedValue({ brandColor: value.brandColor, greeting: value.greeting[speaking], language: speaking }, 250);
  const offered = languages.filter((each) => value.languages.includes(each.value as Language));
  return (
    <div className="look">
      <div>
        <Logo settings={settings} />
        <SectionForm form={form}>
          <ColorField color={value.brandColor} error={problem('brandColor')} onColor={(brandColor) => set({ brandColor })} />
          <MultiSelect
            label="Languages of your customers"
            data={languages}
            value={value.languages}
            onChange={(chosen) =>
              chosen.length > 0 &&
              set({ languages: chosen as Language[], ...(chosen.includes(value.defaultLanguage) ? {} : { defaultLanguage: chosen[0] as Language }) })
            }
          />
          <Select
            label="Usual language"
            data={offered}
            value={value.defaultLanguage}
            allowDeselect={false}
            onChange={(chosen) => chosen && set({ defaultLanguage: chosen as Language })}
          />
          {offered.map(({ value: language, label }) => (
            <Textarea
              key={language}
              label={`Greeting in ${label}`}
              description={language === 'en' ? 'One or two sentences on the portal and in mails' : undefined}
              autosize
              minRows={2}
              maxLength={500}
              value={value.greeting[language as Language]}
              onFocus={() => setSpeaking(language as Language)}
              onChange={(event) => set({ greeting: { ...value.greeting, [language]: event.currentTarget.value } })}
            />
          ))}
        </SectionForm>
      </div>
      <aside className="look-preview" aria-label="Preview">
        {isColor(shown.brandColor) && (
          <PreviewFrame
            address={addressOf('previewLook', { query: shown })}
            version={`${settings.version} ${settings.look.logoUrl ?? ''}`}
            title="A sample invoice in your look"
          />
        )}
      </aside>
    </div>
  );
}

function ColorField({ color, error, onColor }: { color: string; error: string | undefined; onColor: (color: string) => void }) {
  return (
    <div>
      <ColorInput
        label="Color"
        description="Always readable: where it is too light for text, a darker tone is used"
        value={color}
        format="hex"
        withEyeDropper={false}
        error={error}
        onChange={onColor}
      />
      <div className="swatches" style={{ marginTop: '0.625rem' }}>
        {swatches.map((each) => (
          <button
            key={each}
            type="button"
            className="swatch"
            style={{ background: each }}
            aria-label={`Color ${each}`}
            aria-pressed={each === color}
            onClick={() => onColor(each)}
          />
        ))}
      </div>
    </div>
  );
}

const accepted = 'image/png,image/jpeg,image/webp';

function Logo({ settings }: { settings: Settings }) {
  const [over, setOver] = useState(false);
  const renew = ['session', 'settings'];
  const save = useAct('saveLogo', { renew, done: (now, _, client) => client.setQueryData(settingsQuery.queryKey, now) });
  const remove = useAct('removeLogo', { renew, done: () => toast('Logo removed') });
  const upload = (file: File | null | undefined): void => {
    if (file) save.mutate({ body: file });
  };
  const { logoUrl } = settings.look;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a second way for the mouse; the button does the same
    <div
      className="logo-drop"
      style={{ marginBottom: '1rem' }}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        upload(event.dataTransfer.files[0]);
      }}
    >
      {logoUrl !== null && (
        <span className="logo-shown">
          <img src={logoUrl} alt="Your logo" />
        </span>
      )}
      <div>
        <div className="row wrap">
          <FileButton accept={accepted} onChange={upload}>
            {(props) => (
              <Button {...props} variant="default" size="xs" loading={save.isPending}>
                {logoUrl === null ? 'Upload logo' : 'Change logo'}
              </Button>
            )}
          </FileButton>
          {logoUrl !== null && (
            <Button variant="subtle" color="gray" size="xs" loading={remove.isPending} onClick={() => remove.mutate({})}>
              Remove
            </Button>
          )}
        </div>
        <p className="dim small" style={{ marginTop: '0.375rem' }}>
          PNG, JPEG or WebP, up to 10 MB. Drop it here.
        </p>
      </div>
    </div>
  );
}
