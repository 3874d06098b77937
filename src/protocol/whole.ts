/** A whole number of any size as decimal text, `"-12"`: 64-bit numbers never pass through a lossy number. */
export type Whole = string;

/** How something stands, for its colour; the words stand beside it. */
export type Tone = 'good' | 'busy' | 'attention' | 'bad' | 'quiet';
