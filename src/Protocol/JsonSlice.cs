namespace Smcp.Protocol;

/// <summary>Where a JSON value stands in the bytes it was read from. Length 0: it was not there.</summary>
public readonly record struct JsonSlice(int Start, int Length)
{
    /// <summary>Whether there is no such value.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The raw value, of the same bytes.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> body) => body.Slice(Start, Length);

    /// <summary>The same value, in the bytes from <paramref name="start"/> on.</summary>
    public JsonSlice RelativeTo(int start) => IsEmpty ? this : this with { Start = Start - start };
}
