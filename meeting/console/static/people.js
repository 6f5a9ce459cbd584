/** Members and attendees by their numbers: a number stands for one person in the whole sitting. */

/** Everybody who has a line: members first, then attendees who are asked. */
export const everybody = (view) => [...view.roll, ...view.attendees];

export const lineOf = (view, number) => everybody(view).find((one) => one.number === number);

/** Those who are here, by name. */
export const present = (view) => view.roll.filter((one) => one.presence === "present");

/** A choice among people for a form. */
export const options = (people) => people.map(({ number, name }) => ({ value: String(number), text: `${number}  ${name}` }));
