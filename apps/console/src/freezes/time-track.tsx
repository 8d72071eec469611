import { formatTime } from '../components/format.js';
import { type Period, placeOf } from './calendar-period.js';
import classes from './time-track.module.css';

interface Props {
  period: Period;
  /** Begin of each day. */
  midnights: readonly number[];
  openings: readonly Period[];
  freezes: readonly Period[];
  /** Text with what the bars show. */
  label: string;
}

const [WIDTH, HEIGHT] = [1_000, 20];
/** A minute of a month would not be seen. */
const MIN_WIDTH = 3;

/** Openings and freezes as bars on a line of time. They differ in colour and in height. */
export const TimeTrack = ({ period, midnights, openings, freezes, label }: Props) => (
  <svg
    className={classes.track}
    viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    preserveAspectRatio="none"
    role="img"
    aria-label={label}
  >
    {midnights.map((midnight) => {
      const x = placeOf(midnight, period) * WIDTH;
      return <line key={midnight} className={classes.midnight} x1={x} x2={x} y1={0} y2={HEIGHT} />;
    })}
    {openings.map((opening) => (
      <Bar key={opening.from} of={opening} period={period} className={classes.opening} y={8} height={12} />
    ))}
    {freezes.map((freeze, index) => (
      <Bar key={index} of={freeze} period={period} className={classes.freeze} y={0} height={HEIGHT / 2} />
    ))}
  </svg>
);

interface BarProps {
  of: Period;
  period: Period;
  className: string | undefined;
  y: number;
  height: number;
}

function Bar({ of, period, className, y, height }: BarProps) {
  const [from, to] = [placeOf(of.from, period) * WIDTH, placeOf(of.to, period) * WIDTH];
  return (
    <rect className={className} x={from} y={y} width={Math.max(MIN_WIDTH, to - from)} height={height}>
      <title>{`${formatTime(of.from)} to ${formatTime(of.to)}`}</title>
    </rect>
  );
}
