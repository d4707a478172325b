using Microsoft.Playwright;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Browser;

/// <summary>Shoots a page in light, in dark, on a phone and on a narrow one (artifacts/screenshots).</summary>
internal static class Looks
{
    private static readonly (string Name, int Width, int Height, ColorScheme Colors)[] All =
    [
        ("light", 1000, 900, ColorScheme.Light),
        ("dark", 1000, 900, ColorScheme.Dark),
        ("phone", 360, 780, ColorScheme.Light),
        ("phone-dark", 360, 780, ColorScheme.Dark),
        ("narrow", 320, 640, ColorScheme.Light),
    ];

    /// <summary>In every look the page is whole: nothing is cut off to the right.</summary>
    public static async Task ShootAsync(IPage page, string name)
    {
        foreach (var look in All)
        {
            await page.SetViewportSizeAsync(look.Width, look.Height);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = look.Colors });
            Assert.True(
                await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= look.Width,
                $"{name} is wider than {look.Width}");
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Workspace.Root, "artifacts", "screenshots", $"{name}-{look.Name}.png"),
                FullPage = true,
                Animations = ScreenshotAnimations.Disabled,
            });
        }
    }
}
