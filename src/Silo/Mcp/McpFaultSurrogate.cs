using Orleans.Serialization.Cloning;

namespace Smcp.Mcp;

[GenerateSerializer]
internal struct McpFaultSurrogate
{
    [Id(0)]
    public FaultReason Reason;

    [Id(1)]
    public string Message;

    [Id(2)]
    public ReadOnlyMemory<byte> Data;

    [Id(3)]
    public TimeSpan? RetryAfter;

    [Id(4)]
    public string? Scope;

    [RegisterConverter]
    internal sealed class Converter : IConverter<McpFault, McpFaultSurrogate>
    {
        public McpFault ConvertFromSurrogate(in McpFaultSurrogate surrogate) =>
            new(surrogate.Reason, surrogate.Message)
            {
                Data = surrogate.Data,
                RetryAfter = surrogate.RetryAfter,
                Scope = surrogate.Scope,
            };

        public McpFaultSurrogate ConvertToSurrogate(in McpFault value) =>
            new()
            {
                Reason = value.Reason,
                Message = value.Message,
                Data = value.Data,
                RetryAfter = value.RetryAfter,
                Scope = value.Scope,
            };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<McpFault>;
}
