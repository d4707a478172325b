using System.Net.Http.Headers;
using System.Text;

namespace Smcp.Login;

/// <summary>Forms that no browser sends: each is answered by a page, and is no fault of ours.</summary>
public sealed class PageFormTests
{
    private const string TooMany =
        "a=&b=&c=&d=&e=&f=&g=&h=&i=&j=&k=&l=&m=&n=&o=&p=&q=&r=&s=&t=&u=&v=&w=&x=&y=&z=&0=&1=&2=&3=&4=&5=&6=&7=";

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "name=a")]
    [InlineData("application/x-www-form-urlencoded; charset=nothing", "name=a")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16", "name=a")]
    [InlineData("application/x-www-form-urlencoded", "name=%ED%A0%80&%=%")]
    [InlineData("application/x-www-form-urlencoded", TooMany)]
    [InlineData("multipart/form-data; boundary=x", "name=a")]
    public async Task Form_IsRefused_WhenItIsNotOurs(string type, string body)
    {
        await using var host = await SecurityHost.StartAsync();
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var response = await host.Client.PostAsync("/login", content);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task LongForm_IsRefused_WithoutALength()
    {
        await using var host = await SecurityHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login")
        {
            Content = new StringContent(
                "name=" + new string('a', 20_000), Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.TransferEncodingChunked = true;

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(400, (int)response.StatusCode);
    }
}
