using Smcp.Wire;

namespace Smcp.Identity.Users;

[RegisterConverter]
internal sealed class LoginNameConverter : IConverter<LoginName, TextSurrogate>
{
    public LoginName ConvertFromSurrogate(in TextSurrogate surrogate) => surrogate.Parse<LoginName>();

    public TextSurrogate ConvertToSurrogate(in LoginName value) => TextSurrogate.Of(value);
}
