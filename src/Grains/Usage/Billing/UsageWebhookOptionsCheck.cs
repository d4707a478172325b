using Microsoft.Extensions.Options;

namespace Smcp.Usage.Billing;

/// <summary>What the ranges cannot say.</summary>
internal sealed class UsageWebhookOptionsCheck : IValidateOptions<UsageWebhookOptions>
{
    private const int SecretLengthMin = 32;

    public ValidateOptionsResult Validate(string? name, UsageWebhookOptions options)
    {
        if (options.Url is null)
        {
            return ValidateOptionsResult.Success;
        }

        var problems = new List<string>();
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            problems.Add("Smcp:Usage:Webhook:Url is not an https URL.");
        }

        if (options.Secret is not { Length: >= SecretLengthMin })
        {
            problems.Add($"Smcp:Usage:Webhook:Secret has fewer than {SecretLengthMin} characters.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
