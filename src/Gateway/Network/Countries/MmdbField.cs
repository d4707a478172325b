namespace Smcp.Network.Countries;

/// <summary>One field of a MaxMind DB's data section, as its control byte says.</summary>
/// <param name="Type">The type's number in the format.</param>
/// <param name="Size">Bytes of a text or number, pairs of a map, items of an array; the target of a pointer.</param>
/// <param name="Payload">Where what it holds begins.</param>
internal readonly record struct MmdbField(int Type, int Size, int Payload)
{
    public const int Pointer = 1;
    public const int Text = 2;
    public const int Double = 3;
    public const int Bytes = 4;
    public const int Map = 7;
    public const int Uint128 = 10;
    public const int Array = 11;
    public const int Boolean = 14;
    public const int Float = 15;

    /// <summary>Where the next field begins, or the first one inside a map or an array.</summary>
    public int Next => Type is Pointer or Map or Array or Boolean ? Payload : Payload + Size;
}
