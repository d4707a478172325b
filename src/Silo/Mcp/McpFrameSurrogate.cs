using Orleans.Serialization.Cloning;

namespace Smcp.Mcp;

[GenerateSerializer]
internal struct McpFrameSurrogate
{
    [Id(0)]
    public McpFrameKind Kind;

    [Id(1)]
    public string? Method;

    [Id(2)]
    public string? QuestionId;

    [Id(3)]
    public ReadOnlyMemory<byte> Body;

    [Id(4)]
    public McpFault? Fault;

    [Id(5)]
    public long Number;

    [RegisterConverter]
    internal sealed class Converter : IConverter<McpFrame, McpFrameSurrogate>
    {
        public McpFrame ConvertFromSurrogate(in McpFrameSurrogate surrogate) =>
            new()
            {
                Kind = surrogate.Kind,
                Method = surrogate.Method,
                QuestionId = surrogate.QuestionId,
                Body = surrogate.Body,
                Fault = surrogate.Fault,
                Number = surrogate.Number,
            };

        public McpFrameSurrogate ConvertToSurrogate(in McpFrame value) =>
            new()
            {
                Kind = value.Kind,
                Method = value.Method,
                QuestionId = value.QuestionId,
                Body = value.Body,
                Fault = value.Fault,
                Number = value.Number,
            };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<McpFrame>;
}
