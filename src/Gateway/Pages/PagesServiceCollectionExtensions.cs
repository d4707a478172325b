using Microsoft.Extensions.DependencyInjection;
using Smcp.Configuration;
using Smcp.Login;
using Smcp.OAuth.Authorize;

namespace Smcp.Pages;

/// <summary>Adds what people see in a browser: log-in, their account, and the authorization endpoint.</summary>
internal static class PagesServiceCollectionExtensions
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSection<LoginOptions>(LoginOptions.Section);
        return services
            .AddSingleton<PagePaths>()
            .AddSingleton<Stylesheet>()
            .AddSingleton<PageWriter>()
            .AddSingleton<AddressFailures>()
            .AddSingleton<FederationStarts>()
            .AddSingleton<BrowserSessions>()
            .AddSingleton<LoginView>()
            .AddSingleton<LoginAudit>()
            .AddSingleton<LoginDesk>()
            .AddSingleton<DocumentLookups>()
            .AddSingleton<AuthorizeRequests>()
            .AddSingleton<AuthorizeDesk>()
            .AddSingleton<IPage>(new Shortcut("/", AccountPage.Location))
            .AddSingleton<IPage, LoginPage>()
            .AddSingleton<IPage, FederatedLoginPage>()
            .AddSingleton<IPage, FederatedReturnPage>()
            .AddSingleton<IPage, LogoutPage>()
            .AddSingleton<IPage, AccountPage>()
            .AddSingleton<IPage, InvitationPage>()
            .AddSingleton<IPage, AuthorizePage>()
            .AddSingleton<IPage, AuthorizeLoginPage>()
            .AddSingleton<IPage, ContinuePage>()
            .AddSingleton<IPage, ConsentPage>();
    }
}
