// A figure is a picture until somebody points at it; then it becomes one that answers. Plotly is unpacked when it is first needed.
(function () {
  "use strict";
  var figures = JSON.parse(document.getElementById("figures").textContent);
  var plotly = null;

  function unpacked() {
    if (plotly === null) {
      var bytes = Uint8Array.from(atob(document.getElementById("plotly").textContent), function (sign) { return sign.charCodeAt(0); });
      var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      plotly = new Response(stream).text().then(function (source) {
        var script = document.createElement("script");
        script.textContent = source;
        document.head.appendChild(script);
      });
    }
    return plotly;
  }

  function enliven(figure, name) {
    if (figure.clientWidth < figures[name].layout.width) { return; }
    unpacked().then(function () {
      return window.Plotly.newPlot(figure.querySelector(".live"), figures[name].data, figures[name].layout, { displayModeBar: false });
    }).then(function () { figure.classList.add("is-live"); });
  }

  document.querySelectorAll("figure[data-figure]").forEach(function (figure) {
    var name = figure.dataset.figure;
    figure.querySelector(".still").addEventListener("pointerenter", function () { enliven(figure, name); }, { once: true });
    figure.querySelector("button.svg").addEventListener("click", function () {
      var text = new XMLSerializer().serializeToString(figure.querySelector(".still svg"));
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
      link.download = name + ".svg";
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    });
  });
}());
