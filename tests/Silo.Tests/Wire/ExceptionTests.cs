using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;
using Smcp.Storage;

namespace Smcp.Wire;

/// <summary>A failure of the store crosses to another node as what it is, with what its library threw.</summary>
public sealed class ExceptionTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    public static TheoryData<Exception> Causes =>
    [
        new PostgresException("the database system is shutting down", "FATAL", "FATAL", "57P03"),
        new NpgsqlException("Exception while reading from stream", new IOException("reset")),
    ];

    [Theory]
    [MemberData(nameof(Causes), DisableDiscoveryEnumeration = true)]
    public void StorageFailure_IsOneAtItsCallerToo(Exception cause)
    {
        var failure = new StorageUnavailableException("The database cannot be used.", cause);

        var bytes = silos.Silo(0).GetRequiredService<Serializer>().SerializeToArray<Exception>(failure);
        var received = silos.Client.GetRequiredService<Serializer>().Deserialize<Exception>(bytes);

        Assert.IsType<StorageUnavailableException>(received);
        Assert.Equal(failure.Message, received.Message);
        Assert.Equal(cause.Message, received.InnerException?.Message);
    }
}
