using System.Runtime.CompilerServices;
using VerifyTests;

namespace Raft.Verified.Tests.Golden.Package;

/// <summary>The settings without which Verify behaves otherwise than the stand-in.</summary>
internal static class VerifySettings
{
    [ModuleInitializer]
    internal static void Initialize() => VerifierSettings.UseUtf8NoBom();
}
