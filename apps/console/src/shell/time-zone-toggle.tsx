import { Button } from '@mantine/core';
import { chooseTimeZone, useTimeZone } from '../components/time-zone.js';

/** Shows the zone of all times, and changes it. */
export function TimeZoneToggle() {
  const zone = useTimeZone();
  const other = zone === 'utc' ? 'local' : 'utc';
  return (
    <Button
      variant="default"
      px="xs"
      aria-label={zone === 'utc' ? 'Times in UTC: use local time' : 'Times in local time: use UTC'}
      onClick={() => chooseTimeZone(other)}
    >
      {zone === 'utc' ? 'UTC' : 'Local'}
    </Button>
  );
}
