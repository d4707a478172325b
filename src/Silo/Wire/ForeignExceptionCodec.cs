using System.Buffers;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace Smcp.Wire;

/// <summary>
/// An exception of a library (Npgsql), or one within another, crosses as one of our own. Without this, the answer that
/// it stands in could not be written, and the caller were told of a codec and not that the store is away; and a node
/// makes no type of a library because another names it.
/// </summary>
internal sealed class ForeignExceptionCodec(ExceptionCodec own) : IGeneralizedCodec
{
    public bool IsSupportedType(Type type) => typeof(Exception).IsAssignableFrom(type) && !own.IsSupportedType(type);

    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : IBufferWriter<byte> =>
        own.WriteField(
            ref writer,
            fieldIdDelta,
            expectedType,
            (object?)(value is Exception exception ? ForeignException.Of(exception) : null));

    /// <summary>What was written is read as one of our own.</summary>
    public object? ReadValue<TInput>(ref Reader<TInput> reader, Field field) => own.ReadValue(ref reader, field);
}
