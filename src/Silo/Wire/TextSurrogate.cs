namespace Smcp.Wire;

/// <summary>
/// An id on Orleans' wire: its text, parsed again on the way in, so that no invalid id comes off the wire.
/// </summary>
[GenerateSerializer]
[Immutable]
internal struct TextSurrogate
{
    [Id(0)]
    public string? Text;

    public static TextSurrogate Of<TId>(TId id)
        where TId : struct, IEquatable<TId> =>
        new() { Text = id.Equals(default) ? null : id.ToString() };

    public readonly TId Parse<TId>()
        where TId : struct, IParsable<TId> =>
        Text is null ? default : TId.Parse(Text, null);
}
