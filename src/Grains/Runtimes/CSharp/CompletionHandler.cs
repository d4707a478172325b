using System.ComponentModel.DataAnnotations;
using System.Reflection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting.Classes;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// <c>completion/complete</c>: the values that the author's parts propose, then those which <c>[AllowedValues]</c> of
/// the argument name.
/// </summary>
internal sealed class CompletionHandler(ServerClass served, RequestFactory requests)
{
    private readonly Dictionary<(string Owner, string Argument), string[]> _allowed = AllowedValues(served);

    public static void AddTo(Dictionary<string, RequestHandler> handlers, ServerClass served, RequestFactory requests)
    {
        var completion = new CompletionHandler(served, requests);
        if (served.HasCompletions || completion._allowed.Count > 0 || served.Handlers.CompleteHandler is not null)
        {
            handlers[McpMethods.Complete] = requests.Asking(
                RequestFactory.Filtered(completion.CompleteAsync, served.Filters.Request.CompleteFilters));
        }
    }

    private static Dictionary<(string, string), string[]> AllowedValues(ServerClass served)
    {
        var prompts = served.Prompts.Select(prompt => (prompt.ProtocolPrompt.Name, prompt.Metadata));
        var resources = served.Resources.Select(
            resource => (resource.ProtocolResourceTemplate.UriTemplate, resource.Metadata));
        var found = new Dictionary<(string, string), string[]>();
        foreach (var (owner, metadata) in prompts.Concat(resources))
        {
            foreach (var parameter in metadata.OfType<MethodInfo>().SelectMany(method => method.GetParameters()))
            {
                if (parameter.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
                {
                    found[(owner, parameter.Name!)] = [.. allowed.Values.OfType<string>()];
                }
            }
        }

        return found;
    }

    private async ValueTask<CompleteResult> CompleteAsync(
        RequestContext<CompleteRequestParams> request, CancellationToken cancellationToken)
    {
        if (served.Handlers.CompleteHandler is { } own)
        {
            return await own(request, cancellationToken);
        }

        var values = new List<string>();
        foreach (var source in ((CallServer)request.Server).Runtime.Instance.Completions)
        {
            values.AddRange(await source.CompleteAsync(request.Params, cancellationToken));
        }

        var owner = request.Params.Ref switch
        {
            PromptReference prompt => prompt.Name,
            ResourceTemplateReference resource => resource.Uri,
            _ => null,
        };
        if (owner is not null && _allowed.TryGetValue((owner, request.Params.Argument.Name), out var allowed))
        {
            values.AddRange(allowed.Where(
                value => value.StartsWith(request.Params.Argument.Value, StringComparison.OrdinalIgnoreCase)));
        }

        var valuesMax = requests.Options.CompletionValuesMax;
        return new CompleteResult
        {
            Completion = new Completion
            {
                Values = [.. values.Take(valuesMax)],
                Total = values.Count,
                HasMore = values.Count > valuesMax,
            },
        };
    }
}
