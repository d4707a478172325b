using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Smcp.Engine;
using Smcp.Identity.OAuth;
using Smcp.Network.Forwarding;

namespace Smcp.OAuth.Registration;

/// <summary>
/// <c>POST /register</c> (RFC 7591). The registrar looks at the metadata, with the same rules that documents meet; here
/// is only what is of HTTP.
/// </summary>
internal sealed class RegistrationEndpoint(IGrainLocator grains, IOptions<OAuthOptions> options) : IOAuthEndpoint
{
    public const string Path = "/register";

    private static readonly OAuthError NotJson = new(
        StatusCodes.Status400BadRequest,
        OAuthErrorCodes.InvalidClientMetadata,
        "The body must be JSON (application/json) within the limits.");

    public bool Accepts(string path) => path == Path;

    public async Task HandleAsync(HttpContext context)
    {
        if (!await OAuthAnswer.IsMethodAsync(context, HttpMethods.Post))
        {
            return;
        }

        var body = IsJson(context.Request)
            ? await RequestBody.ReadAsync(
                context.Request, options.Value.RegistrationBytesMax, context.RequestAborted)
            : null;
        if (body is null)
        {
            await OAuthAnswer.ErrorAsync(context, NotJson);
            return;
        }

        var created = await grains.Locate<IRegistrarGrain>(IRegistrarGrain.Key).RegisterAsync(
            body.Value, ClientAddress.Of(context).Address.ToString(), context.RequestAborted);
        await (created.Problem is { } problem
            ? OAuthAnswer.ErrorAsync(context, RegistrationErrors.Of(problem))
            : OAuthAnswer.PrivateAsync(
                context, StatusCodes.Status201Created, RegistrationAnswer.Of(created.Client!, created.Secret)));
    }

    private static bool IsJson(HttpRequest request) =>
        request.Headers.ContentType.Count == 1
        && MediaTypeHeaderValue.TryParse(request.Headers.ContentType[0], out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
