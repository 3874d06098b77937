/**
 * What the NAVER account may do: `manager` everything, `viewer` reads (datastream.md §8.5, cloudfunctions.md §11
 * 80002), `none` nothing.
 */
export type NaverRole = 'manager' | 'viewer' | 'none';

/** Roles of an EasyQueue project (easyqueue.md §2.1); `NONE` is a member of nothing. */
export type NhnRole = 'ADMIN' | 'CLIENT' | 'VIEWER' | 'NONE';
