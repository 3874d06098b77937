import type { ChartGroup } from './chartGroup.ts';
import type { Span } from './span.ts';

/** What pointers do on a chart. */
export interface PointerOptions {
  /** All of the drawing, with its axes. */
  readonly host: HTMLElement;
  /** Where the values are; undefined while nothing is drawn. */
  readonly area: () => HTMLElement | undefined;
  /** What is shown now. */
  readonly span: () => Span | undefined;
  readonly group: ChartGroup;
  /** Marks what would be zoomed into. */
  readonly select: (span: Span | undefined) => void;
}

interface Drag {
  readonly pointerId: number;
  readonly kind: 'select' | 'pan';
  readonly startX: number;
  readonly startMs: number;
  lastX: number;
}

/** A hand is not still: less than that is a click. CSS pixels. */
const LEAST_PX = 4;

/** Zoom by drag, pan with Shift or on the axis, zoom and pan by wheel, reset by double click; Escape gives a drag up. */
export function followPointer({ host, area, span, group, select }: PointerOptions): void {
  let drag: Drag | undefined;

  const timeAt = (clientX: number): number | undefined => {
    const [shown, box] = [span(), area()?.getBoundingClientRect()];
    if (shown === undefined || box === undefined || box.width === 0) return undefined;
    const part = Math.min(1, Math.max(0, (clientX - box.left) / box.width));
    return shown.fromMs + (shown.toMs - shown.fromMs) * part;
  };
  const perPixel = (): number => {
    const [shown, width] = [span(), area()?.clientWidth ?? 0];
    return shown === undefined || width === 0 ? 0 : (shown.toMs - shown.fromMs) / width;
  };
  const end = (): Drag | undefined => {
    const ended = drag;
    drag = undefined;
    select(undefined);
    host.classList.remove('panning');
    return ended;
  };

  host.addEventListener('pointerdown', (event) => {
    const startMs = timeAt(event.clientX);
    if (event.button !== 0 || startMs === undefined || !(event.target instanceof Node)) return;
    const isOnValues = area()?.contains(event.target) === true;
    const kind = event.shiftKey || !isOnValues ? 'pan' : 'select';
    // A finger that moves over the values scrolls the page.
    if (event.pointerType === 'touch' && kind === 'select') return;
    drag = { pointerId: event.pointerId, kind, startX: event.clientX, startMs, lastX: event.clientX };
    host.setPointerCapture(event.pointerId);
    if (kind === 'pan') host.classList.add('panning');
  });
  host.addEventListener('pointermove', (event) => {
    if (drag?.pointerId !== event.pointerId) return;
    const by = event.clientX - drag.lastX;
    drag.lastX = event.clientX;
    if (drag.kind === 'pan') {
      group.pan(-by * perPixel());
      return;
    }
    const timeMs = timeAt(event.clientX);
    group.cursor(timeMs);
    select(timeMs === undefined || Math.abs(event.clientX - drag.startX) < LEAST_PX ? undefined : between(drag.startMs, timeMs));
  });
  host.addEventListener('pointerup', (event) => {
    if (drag?.pointerId !== event.pointerId) return;
    const timeMs = timeAt(event.clientX);
    const ended = end();
    if (ended?.kind !== 'select' || timeMs === undefined || Math.abs(event.clientX - ended.startX) < LEAST_PX) return;
    group.zoom(between(ended.startMs, timeMs));
    group.cursor(undefined);
  });
  host.addEventListener('pointercancel', end);
  host.addEventListener('dblclick', () => group.zoom(undefined));
  host.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || drag === undefined) return;
    event.stopImmediatePropagation();
    end();
  });
  host.addEventListener('wheel', (event) => {
    const timeMs = timeAt(event.clientX);
    if (timeMs === undefined) return;
    const isAcross = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (isAcross && group.window !== undefined) {
      event.preventDefault();
      group.pan((event.deltaX === 0 ? event.deltaY : event.deltaX) * perPixel());
    } else if (event.ctrlKey && !isAcross) {
      // Also what two fingers on a touchpad do. Without Ctrl the wheel scrolls the page.
      event.preventDefault();
      group.scale(event.deltaY > 0 ? 1.25 : 0.8, timeMs);
    }
  }, { passive: false });
}

function between(a: number, b: number): Span {
  return { fromMs: Math.min(a, b), toMs: Math.max(a, b) };
}
