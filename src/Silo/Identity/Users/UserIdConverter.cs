using Smcp.Wire;

namespace Smcp.Identity.Users;

[RegisterConverter]
internal sealed class UserIdConverter : IConverter<UserId, TextSurrogate>
{
    public UserId ConvertFromSurrogate(in TextSurrogate surrogate) => surrogate.Parse<UserId>();

    public TextSurrogate ConvertToSurrogate(in UserId value) => TextSurrogate.Of(value);
}
