using Microsoft.Extensions.DependencyInjection;
using Smcp.OAuth;
using Smcp.Pages;

namespace Smcp.Connections;

/// <summary>Adds what people connect accounts elsewhere by.</summary>
internal static class ConnectionsServiceCollectionExtensions
{
    public static IServiceCollection AddConnectionPages(this IServiceCollection services) => services
        .AddSingleton<IPublicAddress, PublicAddress>()
        .AddSingleton<IOAuthEndpoint, ClientDocumentEndpoint>()
        .AddSingleton<ConnectedAccounts>()
        .AddSingleton<IPage, ConnectPage>()
        .AddSingleton<IPage, ConnectReturnPage>();
}
