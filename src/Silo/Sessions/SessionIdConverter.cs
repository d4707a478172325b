using Smcp.Wire;

namespace Smcp.Sessions;

[RegisterConverter]
internal sealed class SessionIdConverter : IConverter<SessionId, TextSurrogate>
{
    public SessionId ConvertFromSurrogate(in TextSurrogate surrogate) => surrogate.Parse<SessionId>();

    public TextSurrogate ConvertToSurrogate(in SessionId value) => TextSurrogate.Of(value);
}
