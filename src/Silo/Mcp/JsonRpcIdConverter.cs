using Smcp.Protocol;
using Smcp.Wire;

namespace Smcp.Mcp;

[RegisterConverter]
internal sealed class JsonRpcIdConverter : IConverter<JsonRpcId, TextSurrogate>
{
    public JsonRpcId ConvertFromSurrogate(in TextSurrogate surrogate) => new(surrogate.Text);

    public TextSurrogate ConvertToSurrogate(in JsonRpcId value) => new() { Text = value.Token };
}
