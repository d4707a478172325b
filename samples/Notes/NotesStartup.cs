using Microsoft.Extensions.DependencyInjection;
using Smcp.Hosting;

namespace Smcp.Samples.Notes;

internal sealed class NotesStartup : IServerStartup
{
    public void ConfigureServices(IServiceCollection services) => services.AddScoped<Notebook>();
}
