/** Members and attendees by their numbers: a number stands for one person in the whole sitting. */

/** Everybody who has a line: members first, then attendees, then the gallery. */
export const everybody = (view) => [...view.roll, ...view.attendees, ...view.gallery];

export const lineOf = (view, number) => everybody(view).find((one) => one.number === number);

/** Those who are here and may speak, by name. */
export const mayBeHeard = (view) => [...view.roll, ...view.attendees].filter((one) => one.presence === "present");

/** A choice among people for a form. */
export const options = (people) => people.map(({ number, name }) => ({ value: String(number), text: `${number}  ${name}` }));
