using System.Buffers.Binary;

namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>A struct of a message that is being written; what is not set has its default.</summary>
internal readonly struct CapnpStruct(CapnpMessage message, int at, CapnpLayout layout)
{
    /// <summary>A number of 16 bits in the first word of data: an enum, or which member of a union is set.</summary>
    public void Number(int index, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(message.Word(at)[(index * sizeof(ushort))..], value);

    public void Text(int pointer, string text) => message.Text(PointerAt(pointer), text);

    public void Bytes(int pointer, ReadOnlySpan<byte> content) => message.Bytes(PointerAt(pointer), content);

    /// <summary>Bytes that are UTF-8, as the text they are.</summary>
    public void TextBytes(int pointer, ReadOnlySpan<byte> content) =>
        message.Bytes(PointerAt(pointer), [.. content, 0]);

    public void Texts(int pointer, IReadOnlyList<string> texts) => message.Texts(PointerAt(pointer), texts);

    public CapnpStruct Struct(int pointer, CapnpLayout inner) => message.Struct(PointerAt(pointer), inner);

    public CapnpStruct[] Structs(int pointer, int count, CapnpLayout inner) =>
        message.Structs(PointerAt(pointer), count, inner);

    private int PointerAt(int pointer) => at + layout.DataWords + pointer;
}
