using Smcp.Wire;

namespace Smcp.Mcp;

[RegisterConverter]
internal sealed class CallIdConverter : IConverter<CallId, TextSurrogate>
{
    public CallId ConvertFromSurrogate(in TextSurrogate surrogate) => surrogate.Parse<CallId>();

    public TextSurrogate ConvertToSurrogate(in CallId value) => TextSurrogate.Of(value);
}
