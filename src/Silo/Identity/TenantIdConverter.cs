using Smcp.Wire;

namespace Smcp.Identity;

[RegisterConverter]
internal sealed class TenantIdConverter : IConverter<TenantId, TextSurrogate>
{
    public TenantId ConvertFromSurrogate(in TextSurrogate surrogate) => surrogate.Parse<TenantId>();

    public TextSurrogate ConvertToSurrogate(in TenantId value) => TextSurrogate.Of(value);
}
