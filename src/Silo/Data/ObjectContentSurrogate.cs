using Orleans.Serialization.Cloning;
using Smcp.Mcp;

namespace Smcp.Data;

[GenerateSerializer]
internal struct ObjectContentSurrogate
{
    [Id(0)]
    public ObjectInfo? Info;

    [Id(1)]
    public bool IsUnmet;

    [Id(2)]
    public long Offset;

    [Id(3)]
    public ReadOnlyMemory<byte> Data;

    [Id(4)]
    public McpFault? Fault;

    [RegisterConverter]
    internal sealed class Converter : IConverter<ObjectContent, ObjectContentSurrogate>
    {
        public ObjectContent ConvertFromSurrogate(in ObjectContentSurrogate surrogate) =>
            new()
            {
                Info = surrogate.Info,
                IsUnmet = surrogate.IsUnmet,
                Offset = surrogate.Offset,
                Data = surrogate.Data,
                Fault = surrogate.Fault,
            };

        public ObjectContentSurrogate ConvertToSurrogate(in ObjectContent value) =>
            new()
            {
                Info = value.Info,
                IsUnmet = value.IsUnmet,
                Offset = value.Offset,
                Data = value.Data,
                Fault = value.Fault,
            };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<ObjectContent>;
}
