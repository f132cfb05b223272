// SPDX-License-Identifier: Apache-2.0
// Two short tones, made here: there is no file to be fetched for them.

let context: AudioContext | undefined;

const tones = [
  { frequency: 660, at: 0 },
  { frequency: 880, at: 0.11 },
];
const length = 0.22;

export function playSound() {
  context ??= new AudioContext();
  const now = context.currentTime;
  for (const { frequency, at } of tones) {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0.12, now + at);
    loudness.gain.exponentialRampToValueAtTime(0.001, now + at + length);
    tone.connect(loudness).connect(context.destination);
    tone.start(now + at);
    tone.stop(now + at + length);
  }
}
