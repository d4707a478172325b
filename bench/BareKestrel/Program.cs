using System.Buffers;
using System.Text.Json;

// The floor: a server that reads the same request, parses it, and answers the same JSON, and does nothing else.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
await using var app = builder.Build();
app.Run(async context =>
{
    var body = await ReadAsync(context.Request);
    using var request = JsonDocument.Parse(body.Buffer);
    var answer = new ArrayBufferWriter<byte>(512);
    WriteAnswer(answer, request.RootElement);
    context.Request.BodyReader.AdvanceTo(body.Buffer.End);

    context.Response.ContentType = "application/json";
    context.Response.ContentLength = answer.WrittenCount;
    await context.Response.BodyWriter.WriteAsync(answer.WrittenMemory);
});
await app.StartAsync();
Console.WriteLine($"ready: {app.Urls.First()}/mcp");
await app.WaitForShutdownAsync();

static async ValueTask<System.IO.Pipelines.ReadResult> ReadAsync(HttpRequest request)
{
    while (true)
    {
        var read = await request.BodyReader.ReadAsync();
        if (read.IsCompleted)
        {
            return read;
        }

        request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
    }
}

static void WriteAnswer(IBufferWriter<byte> into, JsonElement request)
{
    using var json = new Utf8JsonWriter(into);
    json.WriteStartObject();
    json.WriteString("jsonrpc"u8, "2.0"u8);
    json.WritePropertyName("id"u8);
    request.GetProperty("id"u8).WriteTo(json);
    json.WriteStartObject("result"u8);
    json.WriteStartArray("content"u8);
    json.WriteStartObject();
    json.WriteString("type"u8, "text"u8);
    json.WritePropertyName("text"u8);
    request.GetProperty("params"u8).GetProperty("arguments"u8).GetProperty("message"u8).WriteTo(json);
    json.WriteEndObject();
    json.WriteEndArray();
    json.WriteEndObject();
    json.WriteEndObject();
}
