using Smcp.Wire;

namespace Smcp.Identity;

[RegisterConverter]
internal sealed class PrincipalIdConverter : IConverter<PrincipalId, TextSurrogate>
{
    public PrincipalId ConvertFromSurrogate(in TextSurrogate surrogate) => surrogate.Parse<PrincipalId>();

    public TextSurrogate ConvertToSurrogate(in PrincipalId value) => TextSurrogate.Of(value);
}
