import "./lab.css";
import "./mix.css";
import "./slide.css";
import "./count.css";
