using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Smcp.Hosting;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>Failures of an object binding as workerd knows them: a status, and a code with words in a header.</summary>
internal static class ObjectErrors
{
    public static readonly (int Status, int Code) NotFound = (StatusCodes.Status404NotFound, 10007);
    public static readonly (int Status, int Code) Unmet = (StatusCodes.Status412PreconditionFailed, 10031);
    public static readonly (int Status, int Code) InvalidRange = (StatusCodes.Status416RangeNotSatisfiable, 10039);
    public static readonly (int Status, int Code) Malformed = (StatusCodes.Status400BadRequest, 10001);
    public static readonly (int Status, int Code) TooLarge = (StatusCodes.Status413PayloadTooLarge, 100100);
    public static readonly (int Status, int Code) NotImplemented = (StatusCodes.Status501NotImplemented, 10004);
    public static readonly (int Status, int Code) Unavailable = (StatusCodes.Status503ServiceUnavailable, 10043);
    public static readonly (int Status, int Code) TooMany = (StatusCodes.Status429TooManyRequests, 10058);

    public static Task NotFoundAsync(BindingRequest request)
    {
        Set(request, NotFound, "The object does not exist");
        return Task.CompletedTask;
    }

    public static Task RefuseAsync(BindingRequest request, (int Status, int Code) error, string message)
    {
        Set(request, error, message);
        return Task.CompletedTask;
    }

    /// <summary>A condition does not hold: a reader is told what there is.</summary>
    public static Task UnmetAsync(BindingRequest request, ServerObjectInfo? info)
    {
        Set(request, Unmet, "A condition does not hold");
        return info is null || !HttpMethods.IsGet(request.Http.Method)
            ? Task.CompletedTask
            : ObjectJson.WriteAsync(request, ObjectJson.Of(info, request.Prefix));
    }

    public static void Set(BindingRequest request, (int Status, int Code) error, string message)
    {
        request.Answer.StatusCode = error.Status;
        request.Answer.Headers[BindingHeaders.ObjectError] =
            new JsonObject { ["version"] = 1, ["v4code"] = error.Code, ["message"] = message }.ToJsonString();
    }
}
