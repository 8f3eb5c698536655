using System.Runtime.CompilerServices;
using VerifyTests;

namespace Raft.Verified.Tests.Golden.Package;

/// <summary>What Verify does otherwise than the stand-in unless it is told.</summary>
internal static class VerifySettings
{
    [ModuleInitializer]
    internal static void Initialize() => VerifierSettings.UseUtf8NoBom();
}
