using System.Buffers.Binary;
using System.Text;

namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>
/// Writes one message of Cap'n Proto's binary encoding (capnproto.org/encoding.html): one segment, so no far pointers,
/// and each object after what points to it. A text stands in it with its length, so none can end early or become
/// another thing: there is nothing to escape.
/// </summary>
internal sealed class CapnpMessage
{
    public const int WordBytes = 8;
    private const int FrameBytes = 8;

    /// <summary>Element counts of a list have 29 bits.</summary>
    private const int ElementsMax = (1 << 29) - 1;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private byte[] _bytes = new byte[4096];
    private int _words;

    /// <summary>The struct that the message is.</summary>
    public CapnpStruct Root(CapnpLayout layout)
    {
        var pointer = Allocate(1);
        return Struct(pointer, layout);
    }

    /// <summary>The message with its frame: one segment, and its words.</summary>
    public byte[] ToArray()
    {
        var framed = new byte[FrameBytes + (_words * WordBytes)];
        BinaryPrimitives.WriteInt32LittleEndian(framed.AsSpan(4), _words);
        _bytes.AsSpan(0, _words * WordBytes).CopyTo(framed.AsSpan(FrameBytes));
        return framed;
    }

    public CapnpStruct Struct(int pointer, CapnpLayout layout)
    {
        var at = Allocate(layout.DataWords + layout.Pointers);
        Write(pointer, Offset(pointer, at) | LayoutBits(layout));
        return new CapnpStruct(this, at, layout);
    }

    /// <summary>Structs side by side, behind a word that says what each is like (a composite list).</summary>
    public CapnpStruct[] Structs(int pointer, int count, CapnpLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ElementsMax);
        var size = layout.DataWords + layout.Pointers;
        var tag = Allocate(1 + (count * size));
        Write(pointer, Offset(pointer, tag) | ListBits(7, count * size));
        Write(tag, ((ulong)(uint)count << 2) | LayoutBits(layout));
        return [.. Enumerable.Range(0, count).Select(i => new CapnpStruct(this, tag + 1 + (i * size), layout))];
    }

    public void Texts(int pointer, IReadOnlyList<string> texts)
    {
        var at = Allocate(texts.Count);
        Write(pointer, Offset(pointer, at) | ListBits(6, texts.Count));
        for (var i = 0; i < texts.Count; i++)
        {
            Text(at + i, texts[i]);
        }
    }

    /// <summary>UTF-8 and a zero, which counts.</summary>
    /// <exception cref="ArgumentException">The text is not well-formed, or has a zero itself.</exception>
    public void Text(int pointer, string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A text of the configuration has a zero.", nameof(text));
        }

        Bytes(pointer, [.. Strict.GetBytes(text), 0]);
    }

    public void Bytes(int pointer, ReadOnlySpan<byte> content)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, ElementsMax);
        var at = Allocate((content.Length + WordBytes - 1) / WordBytes);
        Write(pointer, Offset(pointer, at) | ListBits(2, content.Length));
        content.CopyTo(_bytes.AsSpan(at * WordBytes));
    }

    public Span<byte> Word(int at) => _bytes.AsSpan(at * WordBytes, WordBytes);

    private static ulong LayoutBits(CapnpLayout layout) =>
        ((ulong)layout.DataWords << 32) | ((ulong)layout.Pointers << 48);

    private static ulong ListBits(int elementSize, int count) => 1 | ((ulong)elementSize << 32) | ((ulong)count << 35);

    /// <summary>What stands behind a pointer is so many words behind its end.</summary>
    private static ulong Offset(int pointer, int target) => (ulong)(uint)(target - pointer - 1) << 2;

    private void Write(int at, ulong word) => BinaryPrimitives.WriteUInt64LittleEndian(Word(at), word);

    private int Allocate(int words)
    {
        var at = _words;
        _words = checked(_words + words);
        var needed = checked(_words * WordBytes);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, (int)Math.Min(Array.MaxLength, _bytes.Length * 2L)));
        }

        return at;
    }
}
