// SPDX-License-Identifier: Apache-2.0
// What a form has changed. The rest is not sent: what was never set here is to stay as the node
// was started, also when it is started in another way.
export function changesOf<Values extends object>(before: Values, after: Values): Partial<Values> {
  const result: Partial<Values> = {};
  for (const key of Object.keys(after) as (keyof Values)[])
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) result[key] = after[key];
  return result;
}
