using Smcp.Engine;

var builder = WebApplication.CreateBuilder(args);
builder.UseOrleans(silo => silo.UseLocalhostClustering().UseMemoryStores().AddSmcpEngine());

await builder.Build().RunAsync();
