/** Media types (RFC 9110, 8.3): what a body is, decided from its type and never from its schema. */

/** How a body of this media type is read. */
export function mediaTypeKind(mediaType: string): "json" | "text" | "binary" {
  const essence = mediaType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (/^application\/(json|[\w!#$&^.+-]+\+json)$/.test(essence)) return "json";
  if (essence.startsWith("text/") || /[/+]xml$/.test(essence)) return "text";
  return "binary";
}
