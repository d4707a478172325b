using Smcp.Wire;

namespace Smcp.Identity.OAuth;

[RegisterConverter]
internal sealed class GrantIdConverter : IConverter<GrantId, TextSurrogate>
{
    public GrantId ConvertFromSurrogate(in TextSurrogate surrogate) => surrogate.Parse<GrantId>();

    public TextSurrogate ConvertToSurrogate(in GrantId value) => TextSurrogate.Of(value);
}
