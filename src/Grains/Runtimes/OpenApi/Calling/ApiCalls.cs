using System.Net;
using System.Text.Json;
using Smcp.Mcp;
using Smcp.Network.Egress;
using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Runtimes.Upstream.Http;

namespace Smcp.Runtimes.OpenApi.Calling;

/// <summary>
/// Calls the API. Whatever becomes of a call is a result of its tool, which the model reads: what the API refused, what
/// did not arrive, and what may have taken effect.
/// </summary>
internal sealed class ApiCalls(ApiTerms terms, ApiCredentials credentials)
{
    private readonly RequestWriter _requests = new(terms.Options);
    private int _inFlight;

    public async ValueTask<McpReply> CallAsync(
        ApiTool tool, JsonElement? arguments, CancellationToken cancellationToken)
    {
        var (request, problem) = _requests.Write(tool, arguments);
        if (request is null)
        {
            return ApiAnswers.Failed($"{problem} Nothing was run.");
        }

        using var late = new CancellationTokenSource(terms.Options.CallTimeout, terms.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return Interlocked.Increment(ref _inFlight) > terms.Options.CallsInFlightMax
                ? ApiAnswers.Failed("Too many calls wait for the API; nothing was run.")
                : await SendAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ApiAnswers.Failed(Unknown(tool, "The API did not answer in time"));
        }
        catch (HttpRequestException exception)
        {
            return ApiAnswers.Failed(
                exception.InnerException is EgressRefusedException
                    ? "The API's address may not be reached from here; nothing was run."
                : DidNotLeave(exception) ? "The API cannot be reached; nothing was run."
                : Unknown(tool, "The API did not answer"));
        }
        catch (IOException)
        {
            return ApiAnswers.Failed(Unknown(tool, "The API's answer broke off"));
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async ValueTask<McpReply> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> refused = [];
        while (true)
        {
            using var message = request.ToMessage();
            if (await credentials.ApplyAsync(request.Tool, message, refused, cancellationToken) is not { } shown)
            {
                return ApiAnswers.Failed(
                    "The credential for the API cannot be had: a secret is missing or not granted to this server, "
                    + "or no token was given for it. Nothing was run.");
            }

            using var response = await terms.Http.SendAsync(message, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized && refused.Count == 0
                && credentials.CanRenew(request.Tool))
            {
                refused = shown;
                continue;
            }

            var bytesMax = terms.Options.ResponseBytesMax;
            return await HttpBody.ReadAsync(response.Content, bytesMax, cancellationToken) is { } body
                ? ApiAnswers.Of(request.Tool, response, body, shown, terms.Options.ErrorCharsMax)
                : ApiAnswers.Failed(
                    $"The API answered HTTP {(int)response.StatusCode} with more than {bytesMax} bytes.");
        }
    }

    private static string Unknown(ApiTool tool, string what) =>
        tool.Operation.IsSafe ? $"{what}." : $"{what}; whether the call took effect is unknown.";

    private static bool DidNotLeave(HttpRequestException exception) => exception.HttpRequestError
        is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError;
}
