using Orleans.Serialization.Cloning;

namespace Smcp.Mcp;

[GenerateSerializer]
internal struct McpOutcomeSurrogate
{
    [Id(0)]
    public McpReply? Answer;

    [Id(1)]
    public StreamTicket? Stream;

    [Id(2)]
    public McpFault? Fault;

    [RegisterConverter]
    internal sealed class Converter : IConverter<McpOutcome, McpOutcomeSurrogate>
    {
        public McpOutcome ConvertFromSurrogate(in McpOutcomeSurrogate surrogate) =>
            new() { Answer = surrogate.Answer, Stream = surrogate.Stream, Fault = surrogate.Fault };

        public McpOutcomeSurrogate ConvertToSurrogate(in McpOutcome value) =>
            new() { Answer = value.Answer, Stream = value.Stream, Fault = value.Fault };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<McpOutcome>;
}
