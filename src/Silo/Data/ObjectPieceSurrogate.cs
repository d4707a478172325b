using Orleans.Serialization.Cloning;

namespace Smcp.Data;

[GenerateSerializer]
internal struct ObjectPieceSurrogate
{
    [Id(0)]
    public string Key;

    [Id(1)]
    public string? Upload;

    [Id(2)]
    public long Offset;

    [Id(3)]
    public ReadOnlyMemory<byte> Data;

    [Id(4)]
    public bool IsLast;

    [Id(5)]
    public long? Bytes;

    [Id(6)]
    public string? ContentType;

    [Id(7)]
    public Dictionary<string, string> Metadata;

    [Id(8)]
    public ObjectConditions Conditions;

    [RegisterConverter]
    internal sealed class Converter : IConverter<ObjectPiece, ObjectPieceSurrogate>
    {
        public ObjectPiece ConvertFromSurrogate(in ObjectPieceSurrogate surrogate) =>
            new()
            {
                Key = surrogate.Key,
                Upload = surrogate.Upload,
                Offset = surrogate.Offset,
                Data = surrogate.Data,
                IsLast = surrogate.IsLast,
                Bytes = surrogate.Bytes,
                ContentType = surrogate.ContentType,
                Metadata = surrogate.Metadata,
                Conditions = surrogate.Conditions,
            };

        public ObjectPieceSurrogate ConvertToSurrogate(in ObjectPiece value) =>
            new()
            {
                Key = value.Key,
                Upload = value.Upload,
                Offset = value.Offset,
                Data = value.Data,
                IsLast = value.IsLast,
                Bytes = value.Bytes,
                ContentType = value.ContentType,
                Metadata = new Dictionary<string, string>(value.Metadata),
                Conditions = value.Conditions,
            };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<ObjectPiece>;
}
