/** Why a form was refused, and at which field; "" where none is to blame. */
export interface Refusal {
  readonly field: string;
  readonly message: string;
}

/** The refusal of an action for a form that shows it at the field: the sentence without the field's name in front. */
export function readRefusal({ message, place }: { readonly message: string; readonly place: { readonly field?: string } }): Refusal {
  const field = place.field ?? "";
  return { field, message: field !== "" && message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message };
}
