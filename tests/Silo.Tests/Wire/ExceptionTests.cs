using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;
using Smcp.Storage;

namespace Smcp.Wire;

/// <summary>A failure of the store crosses to another node as what it is, with the words of its library.</summary>
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

        var received = Cross(failure);

        Assert.IsType<StorageUnavailableException>(received);
        Assert.Equal(failure.Message, received.Message);
        Assert.IsType<ForeignException>(received.InnerException);
        Assert.EndsWith(cause.Message, received.InnerException.Message, StringComparison.Ordinal);
        Assert.Null(received.InnerException.InnerException);
    }

    [Theory]
    [MemberData(nameof(Causes), DisableDiscoveryEnumeration = true)]
    public void ExceptionOfALibrary_IsOurOwnAtItsCaller(Exception cause)
    {
        var received = Cross(cause);

        Assert.IsType<ForeignException>(received);
        Assert.Equal($"{cause.GetType().Name}: {cause.Message}", received.Message);
    }

    [Fact]
    public void ExceptionOfTheEngine_StaysWhatItIs()
    {
        var lost = Cross(new SiloUnavailableException("Lost."));
        var several = Cross(new AggregateException(new TimeoutException("Late."), new NpgsqlException("Away.")));

        Assert.IsType<SiloUnavailableException>(lost);
        Assert.Collection(
            Assert.IsType<AggregateException>(several).InnerExceptions,
            first => Assert.IsType<TimeoutException>(first),
            second => Assert.IsType<ForeignException>(second));
    }

    private Exception Cross(Exception exception)
    {
        var bytes = silos.Silo(0).GetRequiredService<Serializer>().SerializeToArray<Exception>(exception);
        return silos.Client.GetRequiredService<Serializer>().Deserialize<Exception>(bytes)!;
    }
}
