using System.Text;

namespace Smcp.Network.Countries;

/// <summary>
/// Reads fields of a data section (MaxMind DB format 2.0, "Output Data Section"). Nothing in the file is believed:
/// every offset is checked, and the fields that one lookup may touch are counted, so that no file makes it fail or
/// loop.
/// </summary>
internal ref struct MmdbReader(ReadOnlySpan<byte> data)
{
    private const int FieldsMax = 4096;
    private const int TextBytesMax = 256;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _fieldsLeft = FieldsMax;

    /// <summary>Finds the value of a key in a map; the place may hold a pointer.</summary>
    public bool TryFind(int map, ReadOnlySpan<byte> key, out int value)
    {
        value = 0;
        if (!TryResolve(map, out var field, out _) || field.Type != MmdbField.Map)
        {
            return false;
        }

        var at = field.Payload;
        for (var i = 0; i < field.Size; i++)
        {
            if (!TryResolve(at, out var name, out value) || name.Type != MmdbField.Text)
            {
                return false;
            }

            if (_data.Slice(name.Payload, name.Size).SequenceEqual(key))
            {
                return true;
            }

            if (!TrySkip(value, out at))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>A text of no more than 256 bytes; else null.</summary>
    public string? TextAt(int at) =>
        TryResolve(at, out var field, out _) && field is { Type: MmdbField.Text, Size: <= TextBytesMax }
            ? Encoding.UTF8.GetString(_data.Slice(field.Payload, field.Size))
            : null;

    /// <summary>An unsigned number of no more than 64 bits (uint16, uint32, uint64); else null.</summary>
    public ulong? NumberAt(int at)
    {
        if (!TryResolve(at, out var field, out _) || field is not { Type: 5 or 6 or 9, Size: <= 8 })
        {
            return null;
        }

        var number = 0UL;
        foreach (var next in _data.Slice(field.Payload, field.Size))
        {
            number = (number << 8) | next;
        }

        return number;
    }

    /// <summary>The field at a place or, where that is a pointer, the one it points to; and what comes after.</summary>
    private bool TryResolve(int at, out MmdbField field, out int after)
    {
        after = 0;
        if (!TryRead(at, out field))
        {
            return false;
        }

        after = field.Next;
        // A pointer to a pointer is not allowed by the format.
        return field.Type != MmdbField.Pointer || (TryRead(field.Size, out field) && field.Type != MmdbField.Pointer);
    }

    private bool TrySkip(int at, out int after)
    {
        after = at;
        for (var left = 1L; left > 0; left--)
        {
            if (!TryRead(after, out var field))
            {
                return false;
            }

            left += field.Type == MmdbField.Map ? 2L * field.Size : field.Type == MmdbField.Array ? field.Size : 0;
            after = field.Next;
        }

        return true;
    }

    private bool TryRead(int at, out MmdbField field)
    {
        field = default;
        if (--_fieldsLeft < 0 || !TryTake(ref at, 1, out var control))
        {
            return false;
        }

        var type = (int)(control >> 5);
        if (type == MmdbField.Pointer)
        {
            return TryReadPointer(at, (int)control, out field);
        }

        if (type == 0)
        {
            if (!TryTake(ref at, 1, out var extended))
            {
                return false;
            }

            type = 7 + (int)extended;
        }

        return TryReadSize(ref at, (int)control & 31, out var size) && IsPossible(type, size, at)
            && Make(type, size, at, out field);
    }

    private static bool Make(int type, int size, int at, out MmdbField field)
    {
        field = new MmdbField(type, size, at);
        return true;
    }

    /// <summary>A known type, and all of a text or a number inside the section.</summary>
    private readonly bool IsPossible(int type, int size, int at) => type switch
    {
        MmdbField.Map or MmdbField.Array or MmdbField.Boolean => true,
        MmdbField.Text or MmdbField.Bytes => size <= _data.Length - at,
        MmdbField.Double => size == 8 && size <= _data.Length - at,
        MmdbField.Float => size == 4 && size <= _data.Length - at,
        >= 5 and <= MmdbField.Uint128 => size <= 16 && size <= _data.Length - at,
        _ => false,
    };

    private readonly bool TryReadPointer(int at, int control, out MmdbField field)
    {
        field = default;
        var width = (control >> 3) & 3;
        if (!TryTake(ref at, width + 1, out var low))
        {
            return false;
        }

        var high = (long)(control & 7);
        var target = width switch
        {
            0 => (high << 8) + low,
            1 => (high << 16) + low + 2048,
            2 => (high << 24) + low + 526336,
            _ => low,
        };
        field = new MmdbField(MmdbField.Pointer, (int)Math.Min(target, int.MaxValue), at);
        return target < _data.Length;
    }

    private readonly bool TryReadSize(ref int at, int inline, out int size)
    {
        size = inline;
        if (inline < 29)
        {
            return true;
        }

        var taken = TryTake(ref at, inline - 28, out var more);
        size = (int)more + (inline switch { 29 => 29, 30 => 285, _ => 65821 });
        return taken;
    }

    private readonly bool TryTake(ref int at, int bytes, out long number)
    {
        number = 0;
        if (at < 0 || at > _data.Length - bytes)
        {
            return false;
        }

        foreach (var next in _data.Slice(at, bytes))
        {
            number = (number << 8) | next;
        }

        at += bytes;
        return true;
    }
}
