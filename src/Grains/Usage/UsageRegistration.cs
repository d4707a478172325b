using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Usage.Billing;

namespace Smcp.Usage;

public static class UsageRegistration
{
    /// <summary>Adds the usage ledger, and the webhook that closed hours go to where one is configured.</summary>
    public static IServiceCollection AddUsage(this IServiceCollection services)
    {
        services.AddSection<UsageOptions>("Smcp:Usage");
        services.AddSection<UsageWebhookOptions>("Smcp:Usage:Webhook");
        services.AddSingleton<IValidateOptions<UsageWebhookOptions>, UsageWebhookOptionsCheck>();
        services.AddSingleton<IUsageSink, UsageWebhook>();
        return services.AddGrain<IUsageGrain, UsageGrain>();
    }
}
